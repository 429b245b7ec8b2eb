"""The pages of a city's team and of the Secretariat, and the files everybody may see."""
