-- A step of the title as its paper has it. Rows are only added: a correction is a newer row of the same `root` (the id
-- of the first writing), and a step taken out is one with `removed`. `step` stays where the ward stands by it;
-- `procedure_step` is the step itself, NULL in rows from before, where both are the same.
ALTER TABLE title_step ADD COLUMN procedure_step TEXT;
ALTER TABLE title_step ADD COLUMN root INTEGER;
ALTER TABLE title_step ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE title_step ADD COLUMN actor TEXT;
ALTER TABLE title_step ADD COLUMN paper TEXT;
-- JSON: a list of {document, title, file, place}.
ALTER TABLE title_step ADD COLUMN documents TEXT NOT NULL DEFAULT '[]';
-- JSON: {members, present, yes, no} of the appraisal council.
ALTER TABLE title_step ADD COLUMN council TEXT;
ALTER TABLE title_step ADD COLUMN satisfaction REAL;
ALTER TABLE title_step ADD COLUMN reason TEXT;
-- Why it was decided although conditions were not met.
ALTER TABLE title_step ADD COLUMN despite TEXT;
ALTER TABLE title_step ADD COLUMN due_on TEXT;
ALTER TABLE title_step ADD COLUMN correction TEXT;
ALTER TABLE title_step ADD COLUMN recorded_by TEXT;
ALTER TABLE title_step ADD COLUMN recorded_at TEXT;
CREATE TRIGGER title_step_stays BEFORE UPDATE ON title_step
BEGIN SELECT RAISE(ABORT, 'a step of the title is corrected by a newer row'); END;
CREATE TRIGGER title_step_remains BEFORE DELETE ON title_step
BEGIN SELECT RAISE(ABORT, 'a step of the title stays'); END;

-- What proves a report of a task. JSON: a list of {title, file, place, checksum}.
ALTER TABLE task_report ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
