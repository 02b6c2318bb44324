ALTER TABLE refund ADD COLUMN reason VARCHAR(200);

UPDATE refund SET reason = 'not given';

ALTER TABLE refund ALTER COLUMN reason SET NOT NULL;
