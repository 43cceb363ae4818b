"""Who watches what, what a person was told, and how they want to hear of it. What is worth telling, the roof knows."""
