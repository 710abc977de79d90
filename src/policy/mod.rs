//! Pure: what an IAM or resource policy grants, to whom, under which conditions.
