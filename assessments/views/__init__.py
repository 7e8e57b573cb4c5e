"""The pages: each view looks up what it needs, calls one action, and answers. Templates run no query."""
