"""What people do, one module per activity, one transaction per action.

Views and the command line both call these. Each takes the engine and the person who acts
(`store.studies.Member`), and checks here, not in a page, what that person may do.
"""
