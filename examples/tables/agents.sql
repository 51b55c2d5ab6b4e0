-- One row is one AI teammate in one workspace. It needs no key.

-- Which AI teammates are there, and what does each do?
SELECT name, description
FROM agents
ORDER BY name;

-- How are they told to behave?
SELECT name, coalesce(behavior_guidance, '(nothing)') AS guidance
FROM agents
ORDER BY name;

-- Which have neither a description nor a picture?
SELECT name, resource_subtype AS kind
FROM agents
WHERE description IS NULL AND photo IS NULL
ORDER BY name;
