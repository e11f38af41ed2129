"""`python -m sharingcity.site.cli`: the command line of the very Python that runs it."""

from sharingcity.site.cli import main

if __name__ == "__main__":
    main()
