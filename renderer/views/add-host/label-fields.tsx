import { TextField } from '../../parts/text-field.tsx';

interface LabelFieldsProps {
  readonly group: string;
  readonly tags: string;
  readonly onGroup: (group: string) => void;
  readonly onTags: (tags: string) => void;
}

/** Where a host belongs and what it is, in the technician's own words. */
export function LabelFields({ group, tags, onGroup, onTags }: LabelFieldsProps) {
  return (
    <div className="form-row">
      <TextField label="Group" maxLength={60} placeholder="none" value={group} onChange={onGroup} />
      <TextField label="Tags" maxLength={400} placeholder="db ssd" value={tags} onChange={onTags} />
    </div>
  );
}
