export const setAside = `
  -- Samples that could not be made a block. They are in no answer; kept for a while, as the journal had them.
  create table aside (
    id      integer primary key,
    stream  integer not null,
    t0      integer not null, -- earliest sample, ms since the epoch
    t1      integer not null,
    samples integer not null,
    reason  text not null,
    data    blob not null
  ) strict;

  -- Which layouts are in use is asked often where room is short.
  create index block_by_layout on block (layout);
`;
