-- The weekly series of every touchpoint: people are counted, not sentences.
SELECT
    practice, -- the practice's id
    channel, -- review or response
    touchpoint, -- slug of the taxonomy
    week, -- Monday of the ISO week, in the practice's zone
    people, -- how many spoke of it
    negative, -- how many of them scored it under 0
    mean -- mean score of the people, -1 to 1
FROM series
WHERE $practice = '' OR practice = $practice
ORDER BY practice, channel, touchpoint, week
