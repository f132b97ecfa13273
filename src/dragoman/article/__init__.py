"""Reading and writing articles: file ⇄ `Article` of `Block`s."""
