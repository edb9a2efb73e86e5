"""Of every table: what of it is somebody’s own, or why nothing of it is given out."""
