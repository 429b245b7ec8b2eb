"""Pages of initiatives that write; those that are only read are the portal's."""
