"""A customer's file is obtained together with the right to do something with it."""
