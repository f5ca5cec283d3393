-- The peer: an append-only table with a hash chain and a deposit projection in the same transaction.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE TABLE events (id bigserial PRIMARY KEY, payload bytea NOT NULL, hash bytea NOT NULL);
CREATE TABLE balances (account int PRIMARY KEY, fen bigint NOT NULL);
INSERT INTO balances SELECT i, 0 FROM generate_series(0, 99999) AS i;
CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(1);
  SELECT hash INTO last FROM events ORDER BY id DESC LIMIT 1;
  NEW.id := nextval('events_id_seq');
  NEW.hash := sha256(coalesce(last, '\x00'::bytea) || NEW.payload);
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION chain();
CREATE FUNCTION append(n int, account int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO events (payload)
    SELECT decode(repeat('ab', 300), 'hex') FROM generate_series(1, n);
  UPDATE balances AS b SET fen = fen + d.delta
    FROM (SELECT (append.account + i * 7919) % 100000 AS a, count(*) * 8640 AS delta
          FROM generate_series(1, n) AS i GROUP BY 1) AS d
    WHERE b.account = d.a;
END $$;
VACUUM ANALYZE;
