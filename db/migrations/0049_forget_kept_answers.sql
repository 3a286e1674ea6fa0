-- Answers kept before hand-outs left no trace tell the day and the order of each one. They live thirty days at most; an upgrade waits
-- for none of them, and a new file of the table holds none of their bytes. A request repeated across an upgrade is done again.
truncate idempotent_answers;
