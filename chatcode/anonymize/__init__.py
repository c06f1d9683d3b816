"""Pseudonymise: nothing that names a person gets past this stage."""
