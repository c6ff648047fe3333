/**
 * Samples come into `journal`, one row per write, and move on into blocks. A block holds consecutive samples of one
 * stream (a host's samples of one kind), of one boot, within one hour of the clock.
 *
 * A block's id is its place: stream × 2³³ + the second in which it begins (the next free one, should two begin
 * together). So the blocks of a stream lie side by side in the file, and the table is its own index by time.
 */
export const hostsAndSamples = `
  create table host (
    id       text primary key,
    name     text not null,
    target   text not null, -- JSON
    added_at integer not null
  ) strict, without rowid;

  create table stream (
    id     integer primary key autoincrement,
    host   text not null,
    kind   text not null,
    sealed integer not null default 0, -- number of the last sample that is in a block
    unique (host, kind)
  ) strict;

  -- Names of readings, in the order of a block's columns.
  create table layout (
    id    integer primary key,
    names text not null unique -- JSON
  ) strict;

  create table journal (
    id   integer primary key autoincrement,
    data blob not null
  ) strict;

  create table block (
    id      integer primary key,
    t0      integer not null, -- first sample, ms since the epoch
    t1      integer not null, -- last sample
    samples integer not null,
    layout  integer not null,
    bytes   integer not null, -- of all its parts
    stage   integer not null, -- 2: samples less than 20 s apart, 1: other samples, 0: rolled up
    boot    text,
    summary blob not null     -- by reading: count, min, max, sum; as the block is within an hour, a rollup of it
  ) strict;

  -- A block's samples; gone when they are too old.
  create table block_samples (block integer primary key, data blob not null) strict;

  -- A block's rollup to minutes, where samples are denser than that or gone.
  create table block_minutes (block integer primary key, data blob not null) strict;
`;
