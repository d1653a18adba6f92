INSERT INTO geo_community (id, code, name, name_en, provisional, note, unconfirmed, src_datum,
    src_file, geom)
SELECT n, 3505820010 || lpad(n::text, 2, '0'), '第' || n || '社区', '', false, '', true, 'drawn', '',
    ST_Multi(ST_MakeEnvelope(west, south, west + 0.012, south + 0.016, 4326))
FROM (
    SELECT n, 118.54 + 0.012 * ((n - 1) %% 5) AS west, 24.77 + 0.016 * ((n - 1) / 5) AS south
    FROM generate_series(1, 15) AS n
) AS grid;

-- Ten to a community, about 200 m by 220 m each.
INSERT INTO geo_estate (id, community_id, name, address, height_class, target_year, unconfirmed,
    src_datum, src_file, geom)
SELECT n, (n - 1) %% 15 + 1, '小区' || n, '', 'unknown', CASE WHEN n <= 20 THEN 2024 END, true,
    'drawn', '', ST_Multi(ST_MakeEnvelope(west, south, west + 0.002, south + 0.002, 4326))
FROM (
    SELECT n,
        ST_XMin(c.geom) + 0.0005 + 0.0023 * ((n - 1) / 15 %% 5) AS west,
        ST_YMin(c.geom) + 0.0005 + 0.0075 * ((n - 1) / 75) AS south
    FROM generate_series(1, 150) AS n JOIN geo_community AS c ON c.id = (n - 1) %% 15 + 1
) AS grid;

SELECT setval(pg_get_serial_sequence('geo_community', 'id'), 1000),
    setval(pg_get_serial_sequence('geo_estate', 'id'), 1000);

ANALYZE
