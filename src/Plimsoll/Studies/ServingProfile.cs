using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Studies;

/// <summary>The calibration that a study names: the user's own measurements in place of the shipped ones.</summary>
public static class ServingProfile
{
    /// <summary>The section in which its key stands.</summary>
    public const string Section = "serving";

    /// <summary>The key that names the file.</summary>
    public const string Key = "calibration";

    /// <summary>Its place in a study.</summary>
    public const string Place = $"{Section}.{Key}";

    /// <summary>Its input row.</summary>
    public static InputRow Row { get; } =
        new(
            Place,
            InputType.Text,
            "Profile that 'inference calibrate' has fitted to your own measurements, seen from the study's folder; the shipped calibration when silent."
        );

    /// <summary>The study with the text of the profile it names; as it is without one.</summary>
    /// <param name="root">The file as written.</param>
    /// <param name="file">Its name for the messages.</param>
    /// <param name="folder">The folder below which it may read.</param>
    /// <exception cref="InputException">The profile is missing, or no profile.</exception>
    public static InputMapping Read(InputMapping root, string file, StudyFolder folder)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        if (
            root.Find(Section) is not { Value: InputMapping serving } section
            || serving.Find(Key)
                is not { Value: InputScalar { IsNull: false, Content: null } name } entry
        )
        {
            return root;
        }
        LocatedFinding Located(Finding finding) => new(file, entry.Line, entry.Column, finding);
        string text;
        try
        {
            text = folder.Read(name.Text, FileBounds.Table).Text();
            _ = CalibrationFile.Read(CsvTable.Parse(text, name.Text), 3);
        }
        catch (FileRefusedException e)
        {
            throw new InputException([Located(e.At(new InputPath(Place)))]);
        }
        catch (InvalidDataException e)
        {
            throw new InputException([
                Located(
                    new Finding(
                        new InputPath(Place),
                        "calibration",
                        e.Message,
                        "a profile written by 'plimsoll inference calibrate --points FILE --out FILE'",
                        "Fit it anew from the table of your measured points; the table itself is no profile."
                    )
                ),
            ]);
        }
        return With(
            root,
            section with
            {
                Value = With(serving, entry with { Value = name with { Content = text } }),
            }
        );
    }

    private static InputMapping With(InputMapping of, InputEntry entry) =>
        of with
        {
            Entries = [.. of.Entries.Select(e => e.Key == entry.Key ? entry : e)],
        };

    /// <summary>Refuses a profile named by a study that stands in no folder.</summary>
    internal static void Check(InputValues values, StudyFindings found)
    {
        if (values.Has(Place) && values.ContentOrNull(Place) is null)
        {
            found.Refuse(
                new InputPath(Place),
                "no-folder",
                $"a profile beside a study that stands in no folder",
                $"a study that names no file",
                "Here only the study itself is read: run it from its folder on the command line, or leave the key away for the shipped calibration."
            );
        }
    }

    /// <summary>The calibration of a study: the one it names, else the one visible in the view.</summary>
    internal static Calibration Of(InputValues values, CatalogView view) =>
        values.ContentOrNull(Place) is { } text
            ? Calibration.Own(view, CsvTable.Parse(text, values.Text(Place)))
            : Calibration.Of(view);
}
