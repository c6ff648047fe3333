export const hostLabels = `
  -- The group and the tags of a host, as JSON.
  alter table host add column labels text not null default '{"group":null,"tags":[]}';
`;
