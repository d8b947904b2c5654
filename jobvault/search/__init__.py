"""The search as a whole: what single notes say, joined into people, companies, processes and obligations."""
