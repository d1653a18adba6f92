-- Rows as they are after two years: no checks while they come in, the sums made afterwards.
SET session_replication_role = replica;

-- Some estates have many more than others; days and hours are spread evenly.
CREATE TEMPORARY TABLE added AS
SELECT gen_random_uuid() AS id, 1 + n %% 3 AS kind,
    (1 + floor(150 * random() ^ 1.5))::bigint AS estate,
    timestamptz '2022-12-21 08:00+08' + n * interval '730 days' / %(n)s AS at,
    random() AS east, random() AS north
FROM generate_series(1, %(n)s) AS n;

ANALYZE added;

INSERT INTO inspections_inspection (id, kind, kind_version_id, community_id, estate_id,
    inspector_id, location, location_source, accuracy_m, placed, recorded_at, received_at, answers,
    content, content_sha256, root, reason, in_force)
SELECT r.id, v.slug, v.id, e.community_id, e.id, u.id,
    ST_SetSRID(ST_MakePoint(ST_XMin(e.geom) + 0.002 * east, ST_YMin(e.geom) + 0.002 * north), 4326),
    'gps', 5, 'on_site', at, at, '{"XF-01": true, "XF-02": false, "XF-03": 3.5}',
    '{"kind": "bench", "answers": {"XF-01": true, "XF-02": false, "XF-03": 3.5}}', '', r.id, '', true
FROM added AS r
JOIN geo_estate AS e ON e.id = r.estate
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS kind FROM inspections_kindversion) AS v
    USING (kind)
JOIN people_user AS u ON u.username = 'bench';

WITH items AS MATERIALIZED (
    SELECT id AS kind_version_id, item ->> 'code' AS item, n
    FROM inspections_kindversion,
        jsonb_array_elements(description -> 'items') WITH ORDINALITY AS items (item, n)
    WHERE n <= 3
)
INSERT INTO inspections_finding (id, inspection_id, item, kind, severity, advisory, community_id,
    estate_id, place, recorded_at, closed_at, in_force)
SELECT gen_random_uuid(), i.id, items.item, i.kind, 1 + (n + abs(hashtext(i.id::text))) %% 3,
    false, community_id, estate_id, location, recorded_at,
    CASE WHEN random() < 0.8 THEN recorded_at + random() * interval '40 days' END, true
FROM added
JOIN inspections_inspection AS i USING (id)
JOIN items USING (kind_version_id);

DROP TABLE added;

ANALYZE inspections_inspection, inspections_finding;

SET session_replication_role = origin;

SELECT inspections_sum_again();

VACUUM ANALYZE
