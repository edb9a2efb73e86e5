"""“What I tried”: one person’s experience, in a post, and never counted, compared or ranked."""
