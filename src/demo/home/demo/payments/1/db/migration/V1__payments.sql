CREATE TABLE refund (
    id      BIGINT PRIMARY KEY,
    payment BIGINT NOT NULL,
    amount  DECIMAL(12, 2) NOT NULL
);
