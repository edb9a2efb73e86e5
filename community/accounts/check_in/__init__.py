"""How somebody is today, in one press and for nobody else."""
