"""REFI-QDA: projects and codebooks for MAXQDA, NVivo, ATLAS.ti, QualCoder and others."""
