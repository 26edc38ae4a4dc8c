"""What is meant, not only said: models, a judge (大模型), and a knowledge base to compare with."""
