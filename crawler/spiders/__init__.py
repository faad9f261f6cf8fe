"""Spiders fetch pages. What becomes of a page is the pipelines' business."""
