"""The published formats of systems by which customers write: read, checked, written. No tables.

One module a system, each with the same functions: `receive` checks the signature of a call and
says what came, `call_of` what to post in order to send one message, `sent_id` what the answer to
it means, `token_call` and `token_in` where the system wants an access token first, and `signed`
writes a call as the system would, for replaying. `platforms` names them.
"""
