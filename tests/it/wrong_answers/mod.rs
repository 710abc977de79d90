//! Wrong answers that tools for this work have been seen to give, each as a test by its own name.

mod rest;
