export const healthEvents = `
  -- What was wrong with a host, when it came, changed and went.
  create table event (
    host      text not null,
    at        integer not null, -- of the sample that showed it, ms since the epoch
    finding   text not null,    -- its id
    change    text not null,    -- raised, worsened, eased, cleared
    severity  text not null,
    sudden    integer not null, -- 0: it was there when Rackside began to look
    told      text not null,    -- the finding, JSON
    primary key (host, at, finding)
  ) strict, without rowid;

  -- The newest event of a finding says whether it stands.
  create index event_by_finding on event (host, finding, at);
`;
