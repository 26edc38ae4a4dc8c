"""What customers are asked, whom, when, and how their answers come in (满意度调查)."""
