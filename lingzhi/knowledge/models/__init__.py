from lingzhi.knowledge.models.articles import Article, ArticleUse, ArticleVersion
from lingzhi.knowledge.models.categories import Category

__all__ = ["Article", "ArticleUse", "ArticleVersion", "Category"]
