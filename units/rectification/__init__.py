"""Rectification tasks (整改任务, 督办事项): what is wrong is given to a unit with a date, put right, verified and closed."""
