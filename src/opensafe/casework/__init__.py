"""What several steps need: the case and the repositories, looked at together. (Steps do not import steps.)"""
