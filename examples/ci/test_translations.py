def test_article(dragoman_article, translation_regression):
    translation_regression.check(dragoman_article)


def test_glossary_entry(dragoman_entry, glossary_regression):
    glossary_regression.check(dragoman_entry)
