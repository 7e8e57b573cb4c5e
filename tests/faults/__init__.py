"""What may go wrong under the app while people work: each fault is made, bounded in time, on this machine only."""
