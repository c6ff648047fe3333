export const processesAndGaps = `
  -- The process lists of a block's samples.
  create table block_processes (block integer primary key, data blob not null) strict;

  create table gap (
    host    text not null,
    "from"  integer not null, -- ms since the epoch
    "to"    integer not null,
    cause   text not null,
    detail  text not null,
    primary key (host, "from")
  ) strict, without rowid;

  create index block_by_age on block (stage, t1);
`;
