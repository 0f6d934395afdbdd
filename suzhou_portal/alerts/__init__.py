"""Telling whoever runs the portal that something is wrong: by mail, and to a robot of 企业微信 or 钉钉."""
