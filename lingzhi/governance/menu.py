from lingzhi.core.menu import MenuItem

ITEMS: list[MenuItem] = []
