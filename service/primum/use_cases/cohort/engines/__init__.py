"""The engines that a cohort can run on."""
