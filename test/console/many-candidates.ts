import { sql } from 'drizzle-orm';
import type { TestService } from '../http/service.ts';

/** Gives the first candidate of a service so many like it, each of a person and a case of their own. */
export async function multiplyCandidates({ db }: TestService, count: number): Promise<void> {
  await db.execute(sql`
    with pattern as (select * from candidate_matches order by id limit 1),
      person as (select s.* from samples s join pattern p on s.id = p.unknown_sample_id),
      made as (select at, gen_random_uuid() as case_id, gen_random_uuid() as sample_id, gen_random_uuid() as id
        from generate_series(1, ${count}::int) as at),
      new_cases as (insert into cases (id, collection_point_id, number, kind, status, division)
        select made.case_id, collection_point_id, 'HW-' || lpad(at::text, 10, '0'), 'unknown-origin', 'under-review', '510100'
        from made, person),
      new_samples as (insert into samples (id, collection_point_id, code, sex, case_id, batch_id)
        select made.sample_id, collection_point_id, 'P' || lpad(at::text, 5, '0'), sex, made.case_id, batch_id from made, person),
      new_features as (insert into case_features (case_id, sex, born_earliest, born_latest, happened_earliest, happened_latest, division)
        select case_id, 'male', make_date(1980 + at % 30, 1, 1), make_date(1980 + at % 30, 12, 31),
          make_date(1985 + at % 30, 1, 1), make_date(1986 + at % 30, 12, 31), (array['110101', '330104', '440106', '510104'])[1 + at % 4]
        from made)
    insert into candidate_matches (id, unknown_sample_id, family_id, policy_id, relationship, log10_lr, loci_compared,
      loci_inconsistent, chance_probability, result, child_profile_id, family_profile_ids, relative_profile_ids, engine_version)
    select made.id, made.sample_id, family_id, policy_id, relationship, 4 + at / 1000.0, loci_compared, at % 3,
      chance_probability, result, child_profile_id, family_profile_ids, relative_profile_ids, engine_version
    from made, pattern`);
}
