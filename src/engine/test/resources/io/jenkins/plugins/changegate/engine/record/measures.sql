-- The measures of all changes between two moments, from the events alone, for PostgreSQL:
--   psql -v from=2025-01-01T00:00:00Z -v to=2026-01-01T00:00:00Z -f measures.sql DATABASE
-- One line for each: what, of which, how many of them (part), of how many (whole), and times in seconds.
WITH event AS (
    SELECT number, sequence, version, body::jsonb AS b, body::jsonb ->> 'event' AS kind,
        extract(epoch FROM (left(body::jsonb ->> 'at', 19) || 'Z')::timestamptz)::bigint AS at
    FROM changegate_event
), change AS (
    SELECT o.number, o.b, o.at AS opened, d.at AS decided, e.at AS ended, e.sequence AS place, d.b ->> 'decision' AS decision,
        o.b #>> '{judgement,target,service}' AS service, o.b #>> '{judgement,target,environment}' AS environment,
        o.b #>> '{particulars,product}' AS product, o.b #>> '{judgement,target,tier}' = 'production' AS production, o.b #>> '{judgement,assessment,level}' AS level,
        (o.b #>> '{judgement,assessment,score}')::int AS score, o.b #>> '{judgement,verdict,kind}' = 'ask' AS asked,
        o.b #>> '{judgement,type}' = 'emergency' AS emergency, e.b ->> 'outcome' AS first_outcome,
        coalesce((SELECT c.b ->> 'outcome' FROM event c WHERE c.number = o.number AND c.kind = 'corrected'
            ORDER BY c.version DESC LIMIT 1), e.b ->> 'outcome') AS outcome,
        EXISTS (SELECT 1 FROM event l WHERE l.number = o.number AND l.kind = 'linked'
            AND l.b #>> '{link,kind}' = 'incident' AND NOT EXISTS (SELECT 1 FROM event u WHERE u.number = o.number
            AND u.kind = 'unlinked' AND u.version > l.version AND u.b -> 'link' -> 'kind' = l.b -> 'link' -> 'kind'
            AND u.b #>> '{link,key}' = l.b #>> '{link,key}')) AS incident,
        o.b #>> '{delta,base}' AS base, o.b ->> 'head' AS head,
        (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(0, o.at - (c ->> 'committed')::bigint))
            FROM jsonb_array_elements(o.b #> '{delta,commits}') c WHERE NOT (c ->> 'undone')::boolean) AS age,
        (SELECT min(a.at) FROM event a WHERE a.number = o.number AND a.kind = 'approved') - o.at AS approval
    FROM event o
    JOIN event d ON d.number = o.number AND d.kind = 'decided'
    LEFT JOIN event e ON e.number = o.number AND e.kind = 'ended'
    WHERE o.kind = 'opened'
), follower AS (
    SELECT *, max(place) FILTER (WHERE outcome LIKE 'successful%') OVER (PARTITION BY service, environment
        ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS place_before
    FROM change WHERE place IS NOT NULL
), judged AS (
    SELECT change.*, place IS NOT NULL AND (outcome = 'unsuccessful' OR incident OR number IN (
        SELECT p.number FROM follower x JOIN change p ON p.place = x.place_before
        WHERE x.first_outcome LIKE 'successful%' AND p.base = x.head AND p.head <> x.head AND x.head <> '')) AS failed,
        ARRAY(SELECT DISTINCT rule FROM (
            SELECT CASE c ->> 'layer' WHEN 'the built-in policy' THEN c ->> 'source'
                ELSE (c ->> 'source') || ' of ' || (c ->> 'layer') END
            FROM jsonb_array_elements(b #> '{judgement,assessment,contributions}') c WHERE c ->> 'layer' <> ''
            UNION SELECT substring(reason FROM '\(rule ([^:()]+)(?::.*)?\)$')
            FROM jsonb_array_elements_text(b #> '{judgement,verdict,reasons}') reason) found(rule)
            WHERE rule IS NOT NULL) AS rules
    FROM change
), known AS (
    SELECT *, min(ended) FILTER (WHERE NOT failed) OVER (PARTITION BY service, environment
        ORDER BY ended, number ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) - ended AS recovery
    FROM judged
), bound AS (
    SELECT extract(epoch FROM :'from'::timestamptz)::bigint AS low, extract(epoch FROM :'to'::timestamptz)::bigint AS high
), gate AS (
    SELECT known.*, decided - opened AS waited, decision IN ('approved', 'rejected', 'overridden') AS answered
    FROM known, bound WHERE decided >= low AND decided < high
), deployment AS (
    SELECT known.*, outcome LIKE 'successful%' AS good, decided - opened AS at_gate, ended - decided AS afterwards
    FROM known, bound WHERE ended >= low AND ended < high
), delivery AS (
    SELECT * FROM deployment WHERE production
), time(what, name, seconds) AS (
    SELECT 'lead', '', age + at_gate + afterwards FROM delivery WHERE good AND age IS NOT NULL
    UNION ALL SELECT 'before', '', age FROM delivery WHERE good AND age IS NOT NULL
    UNION ALL SELECT 'gate', '', at_gate FROM delivery WHERE good AND age IS NOT NULL
    UNION ALL SELECT 'after', '', afterwards FROM delivery WHERE good AND age IS NOT NULL
    UNION ALL SELECT 'recovery', '', recovery FROM delivery WHERE failed AND recovery IS NOT NULL
    UNION ALL SELECT 'waiting', '', waited FROM gate WHERE asked AND answered
    UNION ALL SELECT 'waiting-by-level', level, waited FROM gate WHERE asked AND answered
    -- Where one approval of anybody meets the only requirement.
    UNION ALL SELECT 'waiting-by-requirement', '1 of owners', approval FROM gate WHERE asked AND approval IS NOT NULL
), share(what, name, part) AS (
    SELECT 'failed', '', failed FROM delivery
    UNION ALL SELECT 'deployed', '', good FROM delivery
    UNION ALL SELECT 'incident', '', incident FROM delivery
    UNION ALL SELECT 'unsuccessful', '', NOT good FROM delivery
    UNION ALL SELECT 'unrecovered', '', recovery IS NULL FROM delivery WHERE failed
    UNION ALL SELECT 'decision', each, decision = each FROM gate, unnest(ARRAY['passed', 'approved', 'rejected',
        'expired', 'superseded', 'cancelled', 'refused', 'overridden']) each
    UNION ALL SELECT 'asked', '', asked FROM gate
    UNION ALL SELECT 'emergency', '', emergency FROM gate
    UNION ALL SELECT 'failed-by-decision', decision, failed FROM deployment
    UNION ALL SELECT 'failed-by-level', level, failed FROM deployment
    UNION ALL SELECT 'failed-by-score', (least(score, 99) / 10 * 10)::text, failed FROM deployment
    UNION ALL SELECT 'failed-by-rule', rule, failed FROM deployment, unnest(rules) rule
    UNION ALL SELECT 'asked-by-rule', rule, asked FROM gate, unnest(rules) rule
    UNION ALL SELECT 'failed-by-month', to_char(to_timestamp(ended) AT TIME ZONE 'UTC', 'YYYY-MM'), failed FROM delivery
    UNION ALL SELECT 'passed-by-month', to_char(to_timestamp(decided) AT TIME ZONE 'UTC', 'YYYY-MM'), decision = 'passed'
        FROM gate
    UNION ALL SELECT 'failed-by-service', service, failed FROM delivery
    UNION ALL SELECT 'failed-by-product', product, failed FROM delivery WHERE product <> ''
)
SELECT what, name, count(*) FILTER (WHERE part) AS part, count(*) AS whole,
    NULL::bigint AS median, NULL::bigint AS ninetieth, NULL::bigint AS sum FROM share GROUP BY what, name
UNION ALL
SELECT what, name, count(*), count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds), sum(seconds) FROM time GROUP BY what, name
UNION ALL
SELECT 'hours', '', count(*), count(*), NULL, NULL, sum(waited) FROM gate WHERE asked
ORDER BY what, name;
