-- So many cases as after two years, each with its finding; those that ended have been moved.
SET session_replication_role = replica;

CREATE TEMPORARY TABLE taken AS
SELECT f.id, gen_random_uuid() AS case_id, row_number() OVER () AS n
FROM (SELECT id FROM inspections_finding WHERE case_id IS NULL LIMIT %(n)s) AS f;

INSERT INTO inspections_case (id, source, outside_number, state, version, community_id, estate_id,
    kind, item, title, severity, simple, place, handler, reported_at, opened_at, assigned_at,
    ended_at, reopened, step_began_at, step_due_at, due_at, first_due_at, provisional, xact)
SELECT t.case_id, (ARRAY['inspection', 'complaint', 'platform', 'joint'])[1 + n %% 4], '',
    CASE WHEN n %% 5 = 0 THEN (ARRAY['filed', 'assigned', 'in_progress', 'checking'])[1 + n %% 4]
        ELSE 'closed' END,
    CASE WHEN n %% 5 = 0 THEN 1 ELSE 4 END, community_id, estate_id, kind, item,
    '第' || n || '件:消防车通道被占用,需清理', severity, false, place, 'community',
    recorded_at, recorded_at, recorded_at + interval '3 hours',
    CASE WHEN n %% 5 <> 0 THEN recorded_at + random() * interval '12 days' END, 0,
    recorded_at + interval '3 hours', now() + (random() - 0.5) * interval '6 days',
    now() + (random() - 0.5) * interval '9 days', recorded_at + interval '7 days', false,
    pg_current_xact_id()::text::bigint
FROM taken AS t JOIN inspections_finding AS f USING (id);

UPDATE inspections_finding AS f SET case_id = t.case_id, xact = pg_current_xact_id()::text::bigint
FROM taken AS t WHERE t.id = f.id;

INSERT INTO inspections_move (id, case_id, name, standing, seen, version, state_before, state_after,
    by_id, recorded_at, received_at, made_at, note, data, content, content_sha256, problem, decision,
    xact)
SELECT gen_random_uuid(), c.id, name, 'made', v - 1, v, before, after, u.id, at, at, at, '', '{}',
    '{}', '', '', '', pg_current_xact_id()::text::bigint
FROM inspections_case AS c
JOIN taken AS t ON t.case_id = c.id
CROSS JOIN (VALUES (1, 'file', 'reported', 'filed'), (2, 'hand_back', 'assigned', 'checking'),
    (3, 'pass_check', 'checking', 'checked'), (4, 'close', 'checked', 'closed'))
    AS m (v, name, before, after)
CROSS JOIN (SELECT id FROM people_user LIMIT 1) AS u
CROSS JOIN LATERAL (SELECT c.reported_at + v * interval '1 hour' AS at) AS moved
WHERE c.version >= v;

INSERT INTO inspections_casespan (case_id, since, until, state, company_id, reopened, ended_at,
    due_at, step_due_at)
SELECT id, since, until, CASE WHEN until IS NULL THEN state ELSE stood END, company_id, 0,
    CASE WHEN until IS NULL THEN ended_at END, due_at, step_due_at
FROM (
    SELECT c.*, s.stood, s.since, lead(s.since) OVER (PARTITION BY c.id ORDER BY s.since) AS until
    FROM inspections_case AS c
    JOIN taken AS t ON t.case_id = c.id
    CROSS JOIN LATERAL (
        SELECT c.reported_at AS since, 'reported' AS stood
        UNION ALL SELECT m.made_at, m.state_after FROM inspections_move AS m
        WHERE m.case_id = c.id AND m.version < c.version
        UNION ALL SELECT coalesce(c.ended_at, c.reported_at + interval '1 day'), c.state
        ) AS s
    ) AS told
WHERE until IS NULL OR until > since;

DROP TABLE taken;

ANALYZE inspections_case, inspections_move, inspections_finding, inspections_casespan;

SET session_replication_role = origin
