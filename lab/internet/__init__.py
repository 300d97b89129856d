"""The Internet in a namespace: what Lapwing's tests and its developers run against."""
