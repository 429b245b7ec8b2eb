"""Every write of the network, one function per verb."""
