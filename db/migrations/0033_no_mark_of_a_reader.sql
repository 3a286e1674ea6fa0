-- The first reader of a row leaves a mark in it (a hint bit), and with checksums a copy of its page in the WAL; a reader that meets
-- an old version of a row marks its index entry. For vouchers and books that reader would be a scan. So what is written in these
-- two tables is vacuumed within a minute: nothing is left for a scan to mark. They are written at printing and at sealing alone.
alter table vouchers set (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 1, autovacuum_vacuum_insert_scale_factor = 0, vacuum_truncate = off);
--> statement-breakpoint
alter table books set (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 1, autovacuum_vacuum_insert_scale_factor = 0, vacuum_truncate = off);
