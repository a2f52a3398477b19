#:project ../../src/Plimsoll.Yaml/Plimsoll.Yaml.csproj
using Plimsoll;
using Plimsoll.Studies;

var study = Study.Load(args[0]);
foreach (var finding in study.Check())
    Console.WriteLine($"line {finding.Line}: {finding.Finding.Remedy}");
var result = study.Run(settings: new StudySettings { Draws = 60 }).Result;
Console.WriteLine(result.Verdict.Headline);
