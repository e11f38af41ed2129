"""Finding without a database: the question, the order of answers, the cursor."""
