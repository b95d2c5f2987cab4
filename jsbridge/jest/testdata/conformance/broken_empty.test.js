const nothing = 1
