-- One row is one user's reaction with one emoji to one story or status update. It needs target_gid and emoji_base,
-- the emoji without its skin tone; which there are, reaction_summary of stories and status_updates says.

-- Who celebrated which status update of "Atlas migration"?
SELECT s.title AS status, r.user_name AS who, r.emoji
FROM projects AS p
JOIN status_updates AS s ON s.parent_gid = p.gid
JOIN reactions AS r ON r.target_gid = s.gid
WHERE p.name = 'Atlas migration' AND r.emoji_base = '🎉'
ORDER BY status DESC, who;

-- Who celebrates most often?
SELECT r.user_name AS who, count(*) AS reactions
FROM status_updates AS s
JOIN reactions AS r ON r.target_gid = s.gid
WHERE r.emoji_base = '🎉'
GROUP BY ALL
ORDER BY reactions DESC, who;

-- With which skin tones do people put their thumbs up on comments in "Hundred days"?
SELECT r.emoji, count(DISTINCT r.user_gid) AS people
FROM tasks AS t
JOIN stories AS s ON s.task_gid = t.gid
JOIN reactions AS r ON r.target_gid = s.gid
WHERE t.project_name = 'Hundred days' AND r.emoji_base = '👍'
GROUP BY ALL
ORDER BY people DESC;
