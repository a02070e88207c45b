"""The journey: one file per verb. A step reads the case, does its work through the rooms, and writes the case.

Steps print nothing and ask nothing: what they need is an argument, what they have to say is what they return.
"""
