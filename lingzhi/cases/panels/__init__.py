"""What cases show on the pages of conversations, customers and other cases."""
