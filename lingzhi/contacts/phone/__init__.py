"""What phone systems tell of calls: reading their formats, and joining legs to calls.

Nothing here knows the database or Django; sentences for readers are made by whoever shows them.
"""
